"""What comes back when a draft is read by the pipeline itself."""
