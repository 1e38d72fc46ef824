"""The shapes of answers whose JSON PostgreSQL wrote: said to whoever reads the OpenAPI document, never made; tests hold answers against them."""
