/** Fan-out of streams to many sockets, beside a bare java.nio writer. */
package org.hmsach.bench.streams;
