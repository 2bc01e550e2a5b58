package org.hmsach.store.internal.readmodel;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One page of one account's rows. Both databases read it off an index, row by row and no further than the page, if the
 * page's order names all columns of the index, in one direction; H2 would otherwise read and sort all rows of the
 * account.
 */
final class Page {
    private final String entity;
    private final boolean ascending;
    private final StringBuilder conditions = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Page(String entity, boolean ascending) {
        this.entity = entity;
        this.ascending = ascending;
    }

    /** One more condition on a field. */
    Page where(String field, String operator, Object value) {
        values.add(value);
        conditions
                .append(values.size() == 1 ? " where r." : " and r.")
                .append(field)
                .append(' ')
                .append(operator)
                .append(" ?")
                .append(values.size());
        return this;
    }

    /** The rows. @param index fields of the index that the page is read off, the account first */
    <T> List<T> read(EntityManager em, Class<T> type, List<String> index, int limit) {
        String order = index.stream()
                .map(field -> "r." + field + (ascending ? " asc" : " desc"))
                .collect(Collectors.joining(", "));
        TypedQuery<T> query =
                em.createQuery("select r from " + entity + " r" + conditions + " order by " + order, type);
        for (int i = 0; i < values.size(); i++) {
            query.setParameter(i + 1, values.get(i));
        }
        return query.setMaxResults(limit).getResultList();
    }
}
