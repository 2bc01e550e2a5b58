/** Reads of an account with very much in it, beside the same reads of a small one. */
package org.hmsach.bench.reads;
