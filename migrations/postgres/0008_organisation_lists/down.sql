DROP INDEX organisations_by_change;
DROP INDEX organisations_by_creation;
