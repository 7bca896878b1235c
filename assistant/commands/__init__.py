"""The subcommands of `reflect`, one module each: parse words, call one function, print."""
