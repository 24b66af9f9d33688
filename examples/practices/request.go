package practices

import (
	"context"
	"log/slog"
)

// requestKey is the key of a request's id. No other package can name
// this type, so none can have the same key.
type requestKey struct{}

// WithRequest returns a context that carries the id of a request.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// Request returns the id that ctx carries, or "".
func Request(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// A RequestLog adds the id of the request to each line.
type RequestLog struct{ slog.Handler }

// Handle writes the line, also after ctx has ended.
func (l RequestLog) Handle(ctx context.Context, r slog.Record) error {
	if id := Request(ctx); id != "" {
		r = r.Clone() // other handlers may hold the same record
		r.AddAttrs(slog.String("request", id))
	}
	return l.Handler.Handle(ctx, r)
}

// WithAttrs and WithGroup return a RequestLog. Those of the handler
// inside would return that handler, and lose the id.
func (l RequestLog) WithAttrs(attrs []slog.Attr) slog.Handler {
	return RequestLog{l.Handler.WithAttrs(attrs)}
}

// WithGroup is for names of several parts: see slog.Handler.
func (l RequestLog) WithGroup(name string) slog.Handler {
	return RequestLog{l.Handler.WithGroup(name)}
}
