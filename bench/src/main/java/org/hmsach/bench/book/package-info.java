/** The book over published order streams, beside exchange-core's. */
package org.hmsach.bench.book;
