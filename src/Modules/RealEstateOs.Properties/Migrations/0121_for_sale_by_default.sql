-- A row that is written by SQL alone and says nothing is for sale, as one that comes by the API.
alter table properties.properties alter column purpose set default 'sale';
