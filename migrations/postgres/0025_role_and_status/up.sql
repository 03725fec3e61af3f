-- By role and status in the order of their numbers.
DROP INDEX people_by_role_and_status;
CREATE INDEX people_by_role_and_status ON people (role, status, id);
