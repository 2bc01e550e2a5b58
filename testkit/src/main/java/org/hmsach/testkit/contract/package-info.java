/**
 * What an implementation of an SPI must do, as tests: extend the class of your SPI in your own tests, give it your
 * implementation, and JUnit runs the rest.
 */
package org.hmsach.testkit.contract;
