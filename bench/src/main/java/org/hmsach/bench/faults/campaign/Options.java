package org.hmsach.bench.faults.campaign;

/**
 * The size of a campaign.
 *
 * @param brief         a few minutes; a sample of everything
 * @param kills         cores killed at random moments
 * @param platformKills whole platforms killed at random moments
 * @param diskFaults    errors of the disk
 * @param sweep         whether every write point of the fixed script is killed at, not a sample
 * @param skip          so many write points are left out of the sweep at its beginning
 * @param lanes         trials at the same time
 * @param seed          of all that is random
 */
public record Options(
        boolean brief, int kills, int platformKills, int diskFaults, boolean sweep, int skip, int lanes, long seed) {}
