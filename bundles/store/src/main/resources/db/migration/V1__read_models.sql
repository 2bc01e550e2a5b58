-- Everything here is derived from the tape and may be dropped; see README.md. Runs on H2 and PostgreSQL.

create table rm_bookmark (
    id            int    not null primary key,
    applied       bigint not null,  -- number of the last event held by the tables below
    fence         bigint not null,  -- the writer with the highest one writes
    model_version int    not null,  -- rows of another version are rebuilt
    check_number  bigint not null,  -- an event that was applied: the tape must still hold the same one
    check_entry   bigint not null,
    check_ms      bigint not null
);
insert into rm_bookmark values (1, 0, 0, 0, 0, 0, 0);

create table rm_order (
    id              varchar(36)  not null primary key,
    first_number    bigint       not null,
    account         varchar(36)  not null,
    client_order_id varchar(128) not null,
    symbol          varchar(16)  not null,
    side            varchar(8)   not null,
    order_type      varchar(8)   not null,
    time_in_force   varchar(8)   not null,
    qty_e8          bigint       not null,
    limit_price_e8  bigint,
    order_state     varchar(16)  not null,
    venue           varchar(32)  not null,
    priority_number bigint       not null,
    filled_e8       bigint       not null,
    filled_value_e8 bigint       not null,
    reserved_minor  bigint       not null,
    reserved_qty_e8 bigint       not null,
    new_id              varchar(36),
    new_client_order_id varchar(128),
    new_time_in_force   varchar(8),
    new_qty_e8          bigint,
    new_limit_price_e8  bigint,
    replaces        varchar(36),
    replaced_by     varchar(36),
    refused_reason  varchar(32),
    refused_rule    varchar(64),
    refused_detail  varchar(1000),
    refused_value   varchar(200),
    refused_limit   varchar(200),
    business_date   varchar(10)  not null,
    created_ms      bigint       not null,
    updated_ms      bigint       not null
);
create index rm_order_by_time on rm_order (account, created_ms);
create index rm_order_by_client_id on rm_order (account, client_order_id);

create table rm_activity (
    id            varchar(40)  not null primary key,
    account       varchar(36)  not null,
    kind          varchar(4)   not null,
    time_ms       bigint       not null,
    business_date varchar(10)  not null,
    order_id      varchar(36),
    symbol        varchar(16)  not null,
    side          varchar(8)   not null,
    qty_e8        bigint       not null,
    price_e8      bigint       not null,
    cum_qty_e8    bigint       not null,
    leaves_e8     bigint       not null,
    net_minor     bigint       not null,
    detail        varchar(200) not null
);
create index rm_activity_by_account on rm_activity (account, id);

create table rm_value (
    id              varchar(60) not null primary key,
    account         varchar(36) not null,
    entry           bigint      not null,
    time_ms         bigint      not null,
    business_date   varchar(10) not null,
    closing         boolean     not null,
    equity_minor    bigint      not null,
    cash_minor      bigint      not null,
    deposited_minor bigint      not null
);
create index rm_value_by_time on rm_value (account, time_ms);

create table rm_cash (
    id              varchar(36) not null primary key,
    digits          int         not null,
    cash_minor      bigint      not null,
    deposited_minor bigint      not null
);

create table rm_holding (
    id      varchar(60) not null primary key,
    account varchar(36) not null,
    symbol  varchar(16) not null,
    qty_e8  bigint      not null
);

create table rm_price (
    id       varchar(16) not null primary key,
    price_e8 bigint      not null,
    marked   boolean     not null
);
