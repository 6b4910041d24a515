-- Reports as they were frozen: the body is the canonical JSON, byte for byte, and is never updated.
create table report (
    id text primary key, kind text not null, period text not null, created_at bigint not null, body text not null);
