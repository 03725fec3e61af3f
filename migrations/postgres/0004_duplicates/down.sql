DROP TABLE duplicates;
DROP TABLE likenesses;
