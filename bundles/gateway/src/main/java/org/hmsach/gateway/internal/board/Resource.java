package org.hmsach.gateway.internal.board;

/**
 * One JAX-RS resource on the board.
 *
 * @param name    {@code osgi.jakartars.name}; of several with one name only the highest ranking counts
 * @param base    path before its own {@code @Path}, starting with a slash, without one at the end
 * @param ranking service ranking
 * @param id      service id; of equal rankings the older one counts
 * @param bundle  who offers it
 * @param object  the resource itself
 */
public record Resource(String name, String base, int ranking, long id, Offering bundle, Object object) {
    /**
     * A bundle.
     *
     * @param id   its number in the framework: two versions of one bundle have two
     * @param name its symbolic name
     */
    public record Offering(long id, String name) {}

    /** Best first. */
    static int byRanking(Resource a, Resource b) {
        int ranking = Integer.compare(b.ranking, a.ranking);
        return ranking != 0 ? ranking : Long.compare(a.id, b.id);
    }
}
