package diff

import "strings"

// slide moves pure insertions and deletions to where they read best. Where the
// lines around a block repeat its own first or last lines, it can be shown at
// several places, all of them right; the best one begins with the line that is
// indented least, as a resource or a list item does.
func slide(list []change, old, new []string) {
	for i := range list {
		c := &list[i]
		before, after := c.x0, len(old)-c.x1
		if i > 0 {
			before -= list[i-1].x1
		}
		if i+1 < len(list) {
			after = list[i+1].x0 - c.x1
		}
		switch {
		case c.x0 == c.x1:
			c.move(bestSlide(new, c.y0, c.y1, before, after))
		case c.y0 == c.y1:
			c.move(bestSlide(old, c.x0, c.x1, before, after))
		}
	}
}

func (c *change) move(n int) {
	c.x0, c.x1, c.y0, c.y1 = c.x0+n, c.x1+n, c.y0+n, c.y1+n
}

// bestSlide says how far to move the block text[start:end]: down if positive.
// It may go up by before lines and down by after lines at most. Among equally
// good places it takes the last.
func bestSlide(text []string, start, end, before, after int) int {
	lowest, highest := 0, 0
	for -lowest < before && text[start+lowest-1] == text[end+lowest-1] {
		lowest--
	}
	for highest < after && text[start+highest] == text[end+highest] {
		highest++
	}
	best := highest
	for n := highest - 1; n >= lowest; n-- {
		if indent(text[start+n]) < indent(text[start+best]) {
			best = n
		}
	}
	return best
}

// indent counts the leading white space of a line. A blank line begins nothing.
func indent(line string) int {
	text := strings.TrimLeft(line, " \t")
	if strings.TrimSpace(text) == "" {
		return len(line) + 1<<20
	}
	return len(line) - len(text)
}
