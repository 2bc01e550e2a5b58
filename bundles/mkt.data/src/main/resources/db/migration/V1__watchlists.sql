-- Runs on H2 and PostgreSQL. What people like to look at; nothing here decides over money.

create table mkt_watchlist (
    id         varchar(36)   not null primary key,
    account    varchar(36)   not null,
    name       varchar(64)   not null,
    symbols    varchar(4000) not null,  -- in the order of adding, split by commas
    created_ms bigint        not null,
    updated_ms bigint        not null,
    unique (account, name)
);
