package render

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/util"

	"runnel/vault/obsidian"
)

// elsewhere renders what a note embeds of another site. A page loads nothing
// from another host by itself, so that it is a link: to a player, a post or a
// picture.
func elsewhere(w util.BufWriter, to, label string) {
	label, width, height := obsidian.ImageSize(label)
	site := ""
	u, err := url.Parse(to)
	if err == nil {
		site = siteOf(u)
	}
	if player := playerOf(u, site); player != "" {
		video(w, to, player, label, width, height)
		return
	}
	kind, title := "An image", "An image on another site"
	switch site {
	case "youtube":
		kind, title = "A video", "A video, on another site"
	case "twitter":
		kind, title = "A post", "A post, on another site"
	}
	if label == "" {
		label = kind + ": " + to
	}
	openExternal(w, string(util.URLEscape([]byte(to), true)), title)
	_, _ = w.WriteString(html.EscapeString(label) + "</a>")
}

// siteOf names the sites whose pages Obsidian shows in a frame (Obsidian help,
// Embed web pages), "" for any other.
func siteOf(u *url.URL) string {
	if u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	switch strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.") {
	case "youtube.com", "youtu.be", "youtube-nocookie.com", "music.youtube.com":
		return "youtube"
	case "twitter.com", "x.com":
		return "twitter"
	}
	return ""
}

var (
	videoID    = regexp.MustCompile(`^[A-Za-z0-9_-]{6,20}$`)
	videoStart = regexp.MustCompile(`^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?$`)
)

// playerOf is the address of a player for a video, without cookies, "" for
// what is none.
func playerOf(u *url.URL, site string) string {
	if site != "youtube" {
		return ""
	}
	id := u.Query().Get("v")
	first, rest, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	switch {
	case strings.EqualFold(u.Hostname(), "youtu.be"):
		id = first
	case first == "embed", first == "shorts", first == "live", first == "v":
		id = rest
	}
	if !videoID.MatchString(id) {
		return ""
	}
	player := "https://www.youtube-nocookie.com/embed/" + id + "?autoplay=1"
	if start := seconds(u.Query()); start > 0 {
		player += "&start=" + strconv.Itoa(start)
	}
	return player
}

// seconds is where in a video to begin: t=90, t=1m30s, start=90.
func seconds(query url.Values) (sum int) {
	parts := videoStart.FindStringSubmatch(cmp.Or(query.Get("t"), query.Get("start")))
	for i := 1; i < len(parts); i++ {
		n, _ := strconv.Atoi(parts[i])
		sum = sum*60 + n
	}
	return sum
}

// video renders a place for a video: a link to it, without a picture, since
// that would be loaded from there. A script puts the player in its place once
// a reader asks for it.
func video(w util.BufWriter, to, player, label string, width, height int) {
	_, _ = w.WriteString(`<a class="video js-video" rel="noopener" href="` +
		html.EscapeString(string(util.URLEscape([]byte(to), true))) + `" data-player="` + html.EscapeString(player) + `"`)
	if width > 0 {
		_, _ = w.WriteString(` style="width:` + strconv.Itoa(width) + `px`)
		if height > 0 {
			_, _ = w.WriteString(`;aspect-ratio:` + strconv.Itoa(width) + `/` + strconv.Itoa(height))
		}
		_, _ = w.WriteString(`"`)
	}
	if label == "" {
		label = "A video"
	}
	_, _ = w.WriteString(`><span class="video-name">` + html.EscapeString(label) +
		`</span> <span class="video-site">YouTube; nothing is loaded from there before you play it</span></a>`)
}
