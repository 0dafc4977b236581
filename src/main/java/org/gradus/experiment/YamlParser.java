package org.gradus.experiment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Kind;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;
import org.gradus.experiment.YamlNode.Sequence;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One YAML 1.2 document of untrusted origin, core schema, as a tree with places.
 *
 * <p>Built from the parser's events, so that depth, size, tags and aliases are checked before anything is nested: the
 * library's composer recurses without a bound. Aliases share the node they name, and may name only a finished one.
 */
final class YamlParser {
    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 32;
    static final int MAX_ALIASES = 100;
    /** Nodes of the tree with every alias written out. */
    static final int MAX_NODES = 400_000;

    static final int MAX_SCALAR = 4096;

    private static final Map<ID, String> TAG_OF_COLLECTION =
            Map.of(ID.SequenceStart, Tag.SEQ.getValue(), ID.MappingStart, Tag.MAP.getValue());
    private static final Map<Tag, Kind> KINDS =
            Map.of(Tag.NULL, Kind.NULL, Tag.BOOL, Kind.BOOLEAN, Tag.INT, Kind.INTEGER, Tag.FLOAT, Kind.FLOAT);

    private final Iterator<Event> events;
    private final IntFunction<String> placeOfLine;
    private final boolean blocks;
    private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    /** The keys and indices on the way to the node being read. */
    private final Deque<String> path = new ArrayDeque<>();

    private int aliases;
    private int nodes;

    private record Anchored(YamlNode node, int size) {}

    private YamlParser(String text, IntFunction<String> placeOfLine, boolean blocks) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MAX_CHARACTERS)
                .setParseComments(false)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
        this.placeOfLine = placeOfLine;
        this.blocks = blocks;
    }

    /**
     * The only document in {@code text}; empty if there is none.
     *
     * @param placeOfLine the place of a line, which counts from 1
     * @throws YamlSyntaxException if it is not one YAML document within the bounds
     * @throws ConfigException if a mapping has a key twice
     */
    static Optional<YamlNode> document(String text, IntFunction<String> placeOfLine) throws YamlSyntaxException {
        return parse(text, placeOfLine, true);
    }

    /** The same for a scalar or flow collection, all of which stands at {@code place}. */
    static Optional<YamlNode> flowValue(String text, String place) throws YamlSyntaxException {
        return parse(text, line -> place, false);
    }

    private static Optional<YamlNode> parse(String text, IntFunction<String> placeOfLine, boolean blocks)
            throws YamlSyntaxException {
        try {
            return new YamlParser(text, placeOfLine, blocks).document();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
            throw new YamlSyntaxException(
                    mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1),
                    "is not YAML: " + e.getProblem() + context);
        } catch (ReaderException e) {
            int end = Math.min(Math.max(e.getPosition(), 0), text.codePointCount(0, text.length()));
            String before = text.substring(0, text.offsetByCodePoints(0, end));
            throw new YamlSyntaxException(
                    (int) before.chars().filter(c -> c == '\n').count() + 1,
                    before.length() - before.lastIndexOf('\n'),
                    String.format("is not YAML: the character U+%04X is not allowed", e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new YamlSyntaxException(1, 1, "is not YAML: " + e.getMessage());
        }
    }

    private Optional<YamlNode> document() throws YamlSyntaxException {
        events.next(); // start of the stream
        if (events.next().getEventId() == ID.StreamEnd) {
            return Optional.empty();
        }
        YamlNode root = node(events.next(), 0);
        events.next(); // end of the document
        Event after = events.next();
        if (after.getEventId() != ID.StreamEnd) {
            throw error(after, "holds several documents; a configuration is one");
        }
        return Optional.of(root);
    }

    private YamlNode node(Event event, int depth) throws YamlSyntaxException {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        int before = nodes;
        count(event, 1);
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            node = scalar(scalar);
        } else {
            CollectionStartEvent start = (CollectionStartEvent) event;
            if (depth == MAX_DEPTH) {
                throw error(event, "is nested deeper than " + MAX_DEPTH + " levels");
            }
            if (!blocks && !start.isFlow()) {
                throw error(event, "is no scalar, [list] or {mapping}");
            }
            checkTag(event, start.getTag(), tag -> tag.equals(TAG_OF_COLLECTION.get(event.getEventId())));
            node = event.getEventId() == ID.SequenceStart
                    ? sequence(place(event), depth)
                    : mapping(place(event), depth);
        }
        ((NodeEvent) event).getAnchor().ifPresent(a -> anchors.put(a, new Anchored(node, nodes - before)));
        return node;
    }

    private YamlNode aliased(AliasEvent alias) throws YamlSyntaxException {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw error(
                    alias,
                    "the alias " + Quote.of("*" + alias.getAlias()) + " names nothing that is complete before it");
        }
        if (++aliases > MAX_ALIASES) {
            throw error(alias, "has more than " + MAX_ALIASES + " aliases");
        }
        count(alias, anchored.size());
        return anchored.node();
    }

    private Sequence sequence(String place, int depth) throws YamlSyntaxException {
        List<YamlNode> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != ID.SequenceEnd; next = events.next()) {
            path.addLast(Integer.toString(items.size()));
            items.add(node(next, depth + 1));
            path.removeLast();
        }
        return new Sequence(place, Collections.unmodifiableList(items));
    }

    private Mapping mapping(String place, int depth) throws YamlSyntaxException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event next = events.next(); next.getEventId() != ID.MappingEnd; next = events.next()) {
            if (!(node(next, depth + 1) instanceof Scalar name)) {
                throw error(next, "a key must be a word, not a list or a mapping");
            }
            String at = place(next);
            path.addLast(name.text());
            Entry entry = new Entry(at, node(events.next(), depth + 1));
            Entry first = entries.putIfAbsent(name.text(), entry);
            if (first != null) {
                throw new ConfigException(at + ": " + Quote.line(String.join(".", path))
                        + ": is given twice; the first one stands at " + first.place());
            }
            path.removeLast();
        }
        return new Mapping(place, Collections.unmodifiableMap(entries));
    }

    private Scalar scalar(ScalarEvent event) throws YamlSyntaxException {
        if (event.getValue().length() > MAX_SCALAR) {
            throw error(event, "a value has more than " + MAX_SCALAR + " characters");
        }
        checkTag(event, event.getTag(), tag -> KINDS.containsKey(new Tag(tag)) || tag.equals(Tag.STR.getValue()));
        boolean plain = event.getTag()
                .map(tag -> KINDS.containsKey(new Tag(tag)))
                .orElse(event.getImplicit().canOmitTagInPlainScalar());
        Tag tag = resolver.resolve(event.getValue(), plain);
        return new Scalar(place(event), KINDS.getOrDefault(tag, Kind.STRING), event.getValue());
    }

    private void checkTag(Event event, Optional<String> tag, Predicate<String> core) throws YamlSyntaxException {
        if (tag.isPresent() && !tag.get().equals("!") && !core.test(tag.get())) {
            throw error(event, "the tag " + Quote.of(tag.get()) + " is refused; a configuration needs no tags");
        }
    }

    private void count(Event event, int added) throws YamlSyntaxException {
        nodes += added;
        if (nodes > MAX_NODES) {
            throw error(event, "holds more than " + MAX_NODES + " values");
        }
    }

    private String place(Event event) {
        return placeOfLine.apply(event.getStartMark().orElseThrow().getLine() + 1);
    }

    private static YamlSyntaxException error(Event event, String message) {
        Mark mark = event.getStartMark().orElseThrow();
        return new YamlSyntaxException(mark.getLine() + 1, mark.getColumn() + 1, message);
    }
}
