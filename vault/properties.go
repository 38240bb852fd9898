package vault

import "time"

// Properties are what stands between the `---` lines at the top of a note.
// The zero value is a note without properties.
type Properties struct {
	Title       string
	Description string
	Permalink   string
	Lang        string
	BaseURL     string // `base-url`, of the home note
	Tags        []string
	Aliases     []string
	CSSClasses  []string
	// Created and Modified are the first of the properties that notes use
	// for them (`created`, `date`, `creation date`; `modified`, `updated`,
	// `modification date`) that holds a date; zero where there is none.
	Created, Modified time.Time
	// Other holds the rest in the order of the text, without empty ones and
	// without those that only steer publishing.
	Other []Property
}

// A Property is one property that Runnel gives no meaning.
type Property struct {
	Name string
	// Values holds one text for a single value and one each for a list.
	Values []string
}
