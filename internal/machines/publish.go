package machines

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Where the skill is below the site's root.
const (
	wellKnown   = ".well-known/agent-skills"
	skillFolder = wellKnown + "/" + skillName
	skillZip    = skillFolder + ".zip"
	skillIndex  = wellKnown + "/index.json"
)

//go:embed check.sh
var checkScript []byte

// publish gives the files of the skill the places where agents look for them.
func publish(skill map[string][]byte) map[string][]byte {
	files := map[string][]byte{}
	for name, text := range skill {
		files[skillFolder+"/"+name] = text
	}
	archive := zipped(skill)
	files[skillZip] = archive
	files[skillIndex] = indexOf(archive)
	files["SKILL.md"] = skill["SKILL.md"] // where it was before it was a folder
	return files
}

// zipped packs the files as the index's specification wants them: without a folder around them. It
// is sorted and knows no time, so that equal skills are equal archives.
func zipped(skill map[string][]byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(skill)) {
		header := &zip.FileHeader{Name: name, Method: zip.Deflate}
		header.SetMode(mode(name))
		f, err := w.CreateHeader(header)
		if err == nil {
			_, err = f.Write(skill[name])
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// indexOf is the list of this site's skills. Its address is relative to its own.
func indexOf(archive []byte) []byte {
	text, err := json.MarshalIndent(map[string]any{
		"$schema": "https://schemas.agentskills.io/discovery/0.2.0/schema.json",
		"skills": []map[string]string{{
			"name":        skillName,
			"type":        "archive",
			"description": skillDescription,
			"url":         skillName + ".zip",
			"digest":      fmt.Sprintf("sha256:%x", sha256.Sum256(archive)),
		}},
	}, "", "  ")
	if err != nil {
		panic(err) // strings can be written
	}
	return append(text, '\n')
}
