package site

import (
	"encoding/json"
	"encoding/xml"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// head maps what the head of a page says: "og:image", "alternate text/markdown".
func head(t *testing.T, file string) map[string]string {
	t.Helper()
	said := map[string]string{}
	for _, n := range all(parse(t, file)) {
		switch {
		case n.Data == "meta":
			said[attr(n, "property")+attr(n, "name")] = attr(n, "content")
		case n.Data == "link" && attr(n, "type") == "":
			said[attr(n, "rel")] = attr(n, "href")
		case n.Data == "link":
			said[attr(n, "rel")+" "+attr(n, "type")] = attr(n, "href")
		case n.Data == "script" && attr(n, "type") == "application/ld+json":
			said["ld+json"] = n.FirstChild.Data
		}
	}
	return said
}

// TestHead follows what the head of each page names: its other forms and its
// picture, which has the size that others expect.
func TestHead(t *testing.T) {
	base := strings.TrimSuffix(host, "/docs/")
	pictures := map[string]string{}
	for _, path := range pages(t) {
		if path == "/404.html" {
			continue
		}
		said := head(t, filepath.Join(hosted(t), path, "index.html"))
		assert.Equal(t, strings.TrimSuffix(host, "/")+path, said["canonical"])
		for _, kind := range []string{"text/markdown", "application/rss+xml"} {
			checkAddress(t, path, base+said["alternate "+kind])
		}
		assert.Equal(t, "summary_large_image", said["twitter:card"], path)
		assert.NotEmpty(t, said["og:image:alt"], path)
		checkAddress(t, path, said["og:image"])
		assert.Empty(t, pictures[said["og:image"]], "%s: its picture is another page's", path)
		pictures[said["og:image"]] = path

		file, err := os.Open(filepath.Join(publicHosted, strings.TrimPrefix(said["og:image"], host)))
		require.NoError(t, err)
		size, err := png.DecodeConfig(file)
		file.Close()
		require.NoError(t, err)
		assert.Equal(t, []int{1200, 630}, []int{size.Width, size.Height}, path)
		assert.Equal(t, []string{"1200", "630"}, []string{said["og:image:width"], said["og:image:height"]}, path)

		local := head(t, builtFile(path))
		for _, key := range []string{"og:image", "og:url", "canonical"} {
			assert.NotContains(t, local, key, "%s: needs a host", path)
		}
	}
}

type thing struct {
	Type         string `json:"@type"`
	Headline     string
	DateModified string
	Items        []struct {
		Position int
		Name     string
		Item     string
	} `json:"itemListElement"`
}

// TestJSONLD reads the data of each article as a search engine would.
func TestJSONLD(t *testing.T) {
	articles := 0
	for _, path := range pages(t) {
		if path == "/404.html" {
			continue
		}
		data := head(t, filepath.Join(hosted(t), path, "index.html"))["ld+json"]
		if data == "" { // a list of pages
			continue
		}
		articles++
		var said struct {
			Context string  `json:"@context"`
			Graph   []thing `json:"@graph"`
		}
		require.NoError(t, json.Unmarshal([]byte(data), &said), path)
		require.Len(t, said.Graph, 2, path)
		article, trail := said.Graph[0], said.Graph[1]
		assert.Equal(t, []string{"https://schema.org", "TechArticle", "BreadcrumbList"}, []string{said.Context, article.Type, trail.Type})
		assert.NotEmpty(t, article.Headline, path)
		_, err := time.Parse(time.DateOnly, article.DateModified)
		assert.NoError(t, err, path)
		for i, step := range trail.Items {
			assert.Equal(t, i+1, step.Position)
			checkAddress(t, path, step.Item)
		}
		assert.Equal(t, strings.TrimSuffix(host, "/")+path, trail.Items[len(trail.Items)-1].Item)
	}
	assert.Greater(t, articles, 20)
}

type feed struct {
	Version string `xml:"version,attr"`
	Channel struct {
		Title       string   `xml:"title"`
		Description string   `xml:"description"`
		Links       []string `xml:"link"`
		Items       []struct {
			Title       string `xml:"title"`
			Link        string `xml:"link"`
			GUID        string `xml:"guid"`
			PubDate     string `xml:"pubDate"`
			Description string `xml:"description"`
		} `xml:"item"`
	} `xml:"channel"`
}

// readFeed checks what RSS 2.0 requires, with a host or without.
func readFeed(t *testing.T, dir string) (f feed) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "index.xml"))
	require.NoError(t, err)
	require.NoError(t, xml.Unmarshal(text, &f))
	assert.Equal(t, "2.0", f.Version)
	assert.NotEmpty(t, f.Channel.Title)
	assert.NotEmpty(t, f.Channel.Description)
	assert.Regexp(t, "^https?://", f.Channel.Links[0])
	require.Greater(t, len(f.Channel.Items), 20)
	for _, item := range f.Channel.Items {
		assert.NotEmpty(t, item.Title)
		assert.NotEmpty(t, item.Description, item.Title)
		assert.NotContains(t, item.Title+item.Description, "`")
		assert.NotEmpty(t, item.GUID, item.Title)
		assert.Regexp(t, "^(https?://.*)?$", item.Link)
	}
	return f
}

func TestFeed(t *testing.T) {
	feed := readFeed(t, hosted(t))
	last := time.Now()
	for _, item := range feed.Channel.Items {
		checkAddress(t, "index.xml", item.Link)
		if !hasHistory(".") {
			continue
		}
		date, err := time.Parse(time.RFC1123Z, item.PubDate)
		require.NoError(t, err)
		assert.False(t, date.After(last), "%s: the newest comes first", item.Title)
		last = date
	}
	readFeed(t, public)
}

// TestBuildsWithoutGit builds from a tarball, so to say: no date, no failure.
func TestBuildsWithoutGit(t *testing.T) {
	t.Parallel()
	build(t)
	root := t.TempDir()
	git := exec.Command("git", "rev-parse", "--git-dir")
	if git.Dir = root; git.Run() == nil {
		missing(t, "no folder for temporary files outside of a git repository")
	}
	for _, dir := range []string{"content", "site/layouts", "site/assets", drawn} {
		require.NoError(t, os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("..", dir))))
	}
	for _, file := range []string{"site/hugo.toml", "go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", file))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(root, file), text, 0o644))
	}
	out := filepath.Join(root, "public")
	require.NoError(t, hugoIn(filepath.Join(root, "site"), out, "/"))
	for _, item := range readFeed(t, out).Channel.Items {
		assert.Empty(t, item.PubDate)
	}
	assert.NotContains(t, head(t, filepath.Join(out, "patterns/gather/index.html"))["ld+json"], "dateModified")
}
