/** The running core and the services it offers: door, portfolio, tape, control, health. */
package org.hmsach.core.internal.service;
