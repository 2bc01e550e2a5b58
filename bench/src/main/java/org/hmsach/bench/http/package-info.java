/** Orders over HTTP beside bare Jetty and bare CXF answering the same bytes. */
package org.hmsach.bench.http;
