/** What is put into a module's jar to make a bad update of it. */
package org.hmsach.bench.swap.bad;
