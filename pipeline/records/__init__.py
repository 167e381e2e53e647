"""The types that flow between the stages, one file a stage; imports nothing else of the package."""
