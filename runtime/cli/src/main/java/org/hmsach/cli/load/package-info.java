/** Orders offered under load, what the clients wrote down of them, and what the tape says. */
package org.hmsach.cli.load;
