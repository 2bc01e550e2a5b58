package org.hmsach.bench.faults.campaign;

import java.nio.file.Path;

/**
 * Where a trial runs.
 *
 * @param directory its own; removed afterwards unless something was wrong
 * @param options   of the campaign
 */
public record Ground(Path directory, Options options) {}
