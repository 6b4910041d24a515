-- The collection asks for a pool's servers every five minutes: without this it reads every resource each time.
create index resource_pool on resource (pool, id);
