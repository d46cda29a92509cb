"""Refusals about articles."""

REFUSALS = {
    "only_links": "Escreva também o que os links querem dizer.",
    "bad_slug": "Use letras minúsculas sem acento, números e hifens: segunda-via-de-boleto.",
    "already_shown": "O artigo já está no ar: publique agora, sem data.",
    "too_costly": "Este texto não pôde ser montado. Simplifique os trechos com muitos sinais seguidos.",
    "missing_alt": "Diga em poucas palavras o que a imagem mostra, para quem não a vê.",
    "no_sections": "Ainda não há seções na ajuda. Crie uma antes, em Artigos.",
    "marks_left": "Ainda há dados marcados para remover: {about}. Tire ou troque cada um antes de publicar.",
    "has_children": "Há seções dentro desta. Mude-as de lugar antes.",
    "few_words_each": "Separe por vírgula; cada sinônimo tem no máximo quatro palavras: nota fiscal, nf, danfe.",
    "two_words": "Escreva pelo menos duas palavras, separadas por vírgula.",
    "too_many_synonyms": "São grupos demais: até 300.",
    "section_has_articles": "Há artigos nesta seção. Mude-os de lugar antes.",
}
