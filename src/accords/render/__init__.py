"""Reports as text and data: one function a format, each from a frozen report to a string."""
