/** What a campaign is made of: scenarios, their trials, and what the trials report. */
package org.hmsach.bench.faults.campaign;
