-- What this installation made for upper ones through its open interface: a row stands before the call to the cloud, so that
-- a crash loses nothing, and after the end, so that changes tell of the gone. client_key is the upper one's own;
-- cloud_key, under which the cloud knows it, is never another's. The identifier is null until the cloud said it.
create table client_thing (
    pool text not null, client text not null, kind text not null, client_key text not null, cloud_key text not null,
    native_id text, made_at bigint not null, ending_at bigint, ended_at bigint);
create unique index client_thing_key on client_thing (pool, client, kind, client_key) where ended_at is null;
create index client_thing_native on client_thing (pool, native_id);
create index client_thing_cloud on client_thing (pool, cloud_key);
