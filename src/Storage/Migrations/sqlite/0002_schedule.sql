-- What the scheduler's jobs have done. (job, period) is unique: a period is done once, whoever looks.
create table job_period (
    job text not null, period text not null, done_at bigint not null, primary key (job, period));
-- How each job's last look ended, for people; nothing depends on it.
create table job_look (
    job text primary key, at bigint not null, outcome text not null, periods text not null, zh text, en text);
-- Which reminders went out: once per deadline and occasion, e.g. 7 days before.
create table reminder (
    request bigint not null references request (id), started_at bigint not null, occasion text not null,
    sent_at bigint not null, primary key (request, occasion, started_at));
