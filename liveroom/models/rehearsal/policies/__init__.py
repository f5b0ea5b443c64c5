"""What a producer resolves to do: policies, their files, and how their wishes become commands."""
