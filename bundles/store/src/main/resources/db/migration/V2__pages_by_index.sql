-- Pages of one account are read off an index in its order: the account comes first in both, see Queries.

drop index rm_order_by_time;
create index rm_order_by_time on rm_order (account, created_ms, first_number);
create index rm_order_by_symbol on rm_order (account, symbol, created_ms, first_number);

create index rm_activity_by_kind on rm_activity (account, kind, id);
create index rm_activity_by_time on rm_activity (account, time_ms, id);

drop index rm_value_by_time;
create index rm_value_by_time on rm_value (account, time_ms, entry);
