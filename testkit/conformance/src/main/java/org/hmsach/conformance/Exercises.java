package org.hmsach.conformance;

import java.util.List;

/** One for each contract. */
final class Exercises {
    static final List<Exercise> ALL = List.of(
            new CheckExercise(), new VenueExercise(), new FeedExercise(), new RailExercise(), new FeesExercise());

    private Exercises() {}

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
