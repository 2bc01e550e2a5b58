/** What every benchmark shares: contenders in turn, medians, load, and the refusal to compare different results. */
package org.hmsach.bench.run;
