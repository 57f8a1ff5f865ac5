"""The answer that is a PDF, or the page that says why this machine cannot make one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lmp.lib.pdf import PdfUnavailable, render_pdf

PDF_LANGUAGE = {"nb": "nb-NO", "nn": "nn-NO"}


def pdf_response(
    request: HttpRequest, html: str, *, language: str, title: str, filename: str, print_url: str
) -> HttpResponse:
    """Answer with `html` as a PDF to download, never cached on the way.

    `language` is «nb» or «nn»; `title` is the name of the document and says nothing candid;
    `filename` is without «.pdf»; `print_url` shows the same sheet as a page.
    """
    try:
        pdf = render_pdf(html, PDF_LANGUAGE[language], title)
    except PdfUnavailable as missing:
        context = {"packages": missing.packages, "print_url": print_url}
        return render(request, "cohorts/pdf_unavailable.html", context, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{filename}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
