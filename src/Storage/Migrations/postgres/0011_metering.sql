-- Where a Prometheus-protocol engine keeps the samples: it knows no transactions, so how far a pool is collected and what
-- was set aside stand in the books. With the embedded store they stand beside the samples, and these stay empty.
create table metering_mark (pool text primary key, slot bigint not null, version bigint not null);
-- Each value once, however often it was delivered.
create table metering_set_aside (
    pool text not null, server text not null, instant bigint not null, metric text not null, reason text not null,
    primary key (pool, server, instant, metric, reason));
