"""The version of Ringfence."""

VERSION = "0.1.0"
