package org.hmsach.gateway.internal.board;

/**
 * One JAX-RS resource on the board.
 *
 * @param name    {@code osgi.jakartars.name}; of several with one name only the highest ranking counts
 * @param base    path before its own {@code @Path}, starting with a slash, without one at the end
 * @param ranking service ranking
 * @param id      service id; of equal rankings the older one counts
 * @param bundle  symbolic name of the bundle that offers it
 * @param object  the resource itself
 */
public record Resource(String name, String base, int ranking, long id, String bundle, Object object) {
    /** Best first. */
    static int byRanking(Resource a, Resource b) {
        int ranking = Integer.compare(b.ranking, a.ranking);
        return ranking != 0 ? ranking : Long.compare(a.id, b.id);
    }
}
