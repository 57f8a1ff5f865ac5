"""Feide and ID-porten: allauth's OpenID Connect provider with what it leaves open closed."""
