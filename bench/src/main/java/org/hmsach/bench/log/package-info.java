/** What the log makes of an order's way: acknowledged after fsync, replayed after a stop. */
package org.hmsach.bench.log;
