-- Runs on H2 and PostgreSQL. Who may act on which account and which keys are revoked is not here: the core journals it.

create table identity_person (
    id            varchar(36)  not null primary key,
    login         varchar(64)  not null unique,
    name          varchar(128) not null,
    roles         varchar(128) not null,
    password_hash varchar(200) not null,
    disabled      boolean      not null,
    created_ms    bigint       not null
);

create table identity_key (
    id          varchar(64) not null primary key,
    secret_hash varchar(64) not null,
    person      varchar(36) not null references identity_person (id),
    account     varchar(36) not null,
    name        varchar(64) not null,
    created_ms  bigint      not null,
    expires_ms  bigint      not null  -- 0: never
);
create index identity_key_by_person on identity_key (person);

create table identity_session (
    id         varchar(64) not null primary key,  -- SHA-256 of the token
    person     varchar(36) not null references identity_person (id),
    created_ms bigint      not null,
    used_ms    bigint      not null,
    expires_ms bigint      not null
);
create index identity_session_by_person on identity_session (person);

-- counts changes of people and keys, so that another process or bundle version sees that its copy is old
create table identity_change (
    id             int    not null primary key,
    change_number  bigint not null
);
insert into identity_change values (1, 0);
