/**
 * HTTP in and out. Lower packages first: json, problem, clock, board and guard, edge, trading, stream and show.
 */
package org.hmsach.gateway.internal;
