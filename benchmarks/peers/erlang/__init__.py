"""pyworkforce's Erlang C beside ours."""
