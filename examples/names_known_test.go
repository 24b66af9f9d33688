package examples

// knownMissing is what the pages still have to show or link.
var knownMissing = []string{
	"patterns/cleanup.md cleanup.Closer",
	"patterns/cleanup.md cleanup.Conn",
	"patterns/cleanup.md cleanup.Conn.Query",
	"patterns/cleanup.md cleanup.ErrStuck",
	"patterns/cleanup.md cleanup.closeFunc",
	"patterns/cleanup.md cleanup.errDamaged",
	"patterns/cleanup.md cleanup.errUnconfirmed",
	"patterns/cleanup.md cleanup.grace",
	"patterns/cleanup.md cleanup.network",
	"patterns/cleanup.md cleanup.recorder",
	"patterns/cleanup.md cleanup.recorder.open",
	"patterns/cleanup.md cleanup.sound",
	"patterns/cleanup.md cleanup.userKey",
	"patterns/failures.md failures.sound",
	"patterns/iterators.md iterators.counting",
	"patterns/iterators.md iterators.numbersTo",
	"patterns/iterators.md iterators.sound",
	"patterns/iterators.md iterators.unit",
	"patterns/iterators.md iterators.wait",
}
