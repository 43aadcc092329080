"""What all routes share: JSON in and out, who may post, the browser's files."""
